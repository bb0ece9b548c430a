package io.trakx.bench.load;

/** What is asked of the tracker. */
enum RequestKind {
  /** An announce without an event, as clients send every interval. */
  ANNOUNCE("announce", "", 0),
  COMPLETED("completed", "&event=completed", 1),
  STARTED("started", "&event=started", 2),
  STOPPED("stopped", "&event=stopped", 3),
  SCRAPE("scrape", "", -1);

  private final String label;
  private final String httpParameter;
  private final int udpEvent;

  RequestKind(String label, String httpParameter, int udpEvent) {
    this.label = label;
    this.httpParameter = httpParameter;
    this.udpEvent = udpEvent;
  }

  /** How it is called in a mix. */
  String label() {
    return label;
  }

  /** What is added to the query, in ASCII. */
  String httpParameter() {
    return httpParameter;
  }

  /** The event of BEP 15; -1 for a scrape. */
  int udpEvent() {
    return udpEvent;
  }
}
