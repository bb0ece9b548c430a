package io.trakx.core.stats;

import io.trakx.core.protocol.Bytes20;

/**
 * The client programs that are told apart, by the first three bytes of the peer id (BEP 20): a
 * closed set, so that no client can add to it. Who claims to be one need not be.
 */
public enum ClientSoftware {
  ARES("Ares", "-AG"),
  ARIA2("aria2", "A2-"),
  BIGLYBT("BiglyBT", "-BI"),
  BITCOMET("BitComet", "-BC"),
  BITLORD("BitLord", "-BL"),
  BITTORRENT("BitTorrent", "-BT"),
  CTORRENT("CTorrent", "-CT"),
  DELUGE("Deluge", "-DE"),
  FLASHGET("FlashGet", "-FG"),
  FLUD("Flud", "-FL"),
  FREE_DOWNLOAD_MANAGER("Free Download Manager", "-FD"),
  KTORRENT("KTorrent", "-KT"),
  LIBTORRENT("libtorrent", "-LT"),
  PICOTORRENT("PicoTorrent", "-PI"),
  QBITTORRENT("qBittorrent", "-qB"),
  RTORRENT("rTorrent", "-lt"),
  TIXATI("Tixati", "-TX"),
  TRANSMISSION("Transmission", "-TR"),
  TRIBLER("Tribler", "-TL"),
  UTORRENT("uTorrent", "-UT"),
  UTORRENT_MAC("uTorrent Mac", "-UM"),
  UTORRENT_WEB("uTorrent Web", "-UW"),
  VUZE("Vuze", "-AZ"),
  WEBTORRENT("WebTorrent", "-WW"),
  WEBTORRENT_DESKTOP("WebTorrent Desktop", "-WD"),
  XUNLEI("Xunlei", "-XL"),
  /** Any other. */
  OTHER("other", "");

  private static final ClientTable TABLE = new ClientTable(values());

  private final String label;
  private final String prefix;

  ClientSoftware(String label, String prefix) {
    this.label = label;
    this.prefix = prefix;
  }

  /** Its name, for people and monitors. */
  public String label() {
    return label;
  }

  /** What its peer ids begin with: three ASCII characters, or none for {@link #OTHER}. */
  String prefix() {
    return prefix;
  }

  /** The program whose peer id this is. */
  public static ClientSoftware of(Bytes20 peerId) {
    return TABLE.find(ClientTable.key(peerId.high()));
  }
}
