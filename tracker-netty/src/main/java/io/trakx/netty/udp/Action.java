package io.trakx.netty.udp;

/** The numbers that say what a message is (BEP 15). */
final class Action {
  static final int CONNECT = 0;
  static final int ANNOUNCE = 1;
  static final int SCRAPE = 2;
  static final int ERROR = 3;

  private Action() {}
}
