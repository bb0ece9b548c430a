package io.trakx.netty.app;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.protocol.Bytes20;
import io.trakx.netty.persistence.Ban;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps the bans of the database in force, and in a file as well: a tracker that starts while the
 * database is away would serve what is banned.
 *
 * <p>Used by one thread at a time.
 */
final class BanKeeper {
  private static final Logger LOG = LogManager.getLogger(BanKeeper.class);

  private final AccessControl access;
  private final BanFile file;
  private boolean failed;

  BanKeeper(AccessControl access, BanFile file) {
    this.access = access;
    this.file = file;
  }

  /** Puts the bans of the file in force. Nothing of it can keep the tracker from starting. */
  void restore() {
    try {
      Optional<InfoHashList> bans = file.read();
      if (bans.isPresent()) {
        access.replaceBans(bans.get());
        LOG.info("{} torrents banned, as the database said last", bans.get().size());
      }
    } catch (IOException e) {
      Path aside = file.setAside();
      LOG.warn(
          "the file of bans is not usable, {}; {}; what is banned is served until the database"
              + " answers",
          String.valueOf(e.getMessage()),
          aside == null
              ? "it could not be renamed and will be overwritten"
              : "it is kept as " + aside);
    }
  }

  /** Puts the bans of the database in force, all there are. */
  void replace(List<Ban> bans) {
    InfoHashList.Builder list = new InfoHashList.Builder();
    Bytes20 infoHash = new Bytes20();
    for (Ban ban : bans) {
      infoHash.read(HexFormat.of().parseHex(ban.infoHash()), 0);
      list.add(infoHash, ban.reason().orElse(null));
    }
    if (!bans.isEmpty() || access.lists().banned().size() > 0) {
      access.replaceBans(list.build());
      LOG.info("{} torrents banned by the database", bans.size());
    }
    write(bans);
  }

  /** That it fails is told once; the bans are in force all the same. */
  private void write(List<Ban> bans) {
    try {
      file.write(bans);
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.error("the bans cannot be kept in a file for the next start: {}", e.toString());
      }
      failed = true;
    }
  }
}
