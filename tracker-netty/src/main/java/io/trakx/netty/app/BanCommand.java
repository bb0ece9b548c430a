package io.trakx.netty.app;

import io.trakx.core.access.InfoHashList;
import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.persistence.Ban;
import io.trakx.netty.persistence.DatabaseCommands;
import io.trakx.netty.persistence.DatabaseException;
import io.trakx.netty.persistence.DatabaseOptions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code trakx ban}: keeps torrents from being served, by the database of a running tracker. */
@Command(
    name = "ban",
    header = "Bans torrents, and lifts bans, while the tracker runs.",
    description =
        "Changes the database that the configuration names. Every tracker that uses it follows"
            + " within seconds.",
    synopsisSubcommandLabel = "COMMAND")
final class BanCommand {
  private final TrakxCommand root;
  private final Program program;

  BanCommand(TrakxCommand root, Program program) {
    this.root = root;
    this.program = program;
  }

  @Command(name = "add", header = "Bans a torrent, or gives its ban another reason.")
  int add(
      @Parameters(
              paramLabel = "HASH",
              converter = InfoHashText.class,
              description = "The info-hash, 40 hexadecimal digits.")
          String infoHash,
      @Parameters(
              paramLabel = "REASON",
              arity = "0..*",
              description = "Why; the torrent's users get to see it.")
          @Nullable List<String> words)
      throws ConfigException, StartException, DatabaseException {
    Optional<String> reason =
        Optional.ofNullable(words).map(all -> InfoHashList.cleanReason(String.join(" ", all)));
    try (DatabaseCommands database = open()) {
      boolean fresh = database.ban(new Ban(infoHash, reason, Instant.now()));
      say(infoHash + (fresh ? " is banned" : " was banned already; its reason is replaced"));
    }
    return Program.OK;
  }

  @Command(name = "remove", header = "Lifts the ban on a torrent.")
  int remove(
      @Parameters(
              paramLabel = "HASH",
              converter = InfoHashText.class,
              description = "The info-hash, 40 hexadecimal digits.")
          String infoHash)
      throws ConfigException, StartException, DatabaseException {
    try (DatabaseCommands database = open()) {
      if (!database.unban(infoHash)) {
        program.complain(infoHash + " is not banned");
        return Program.FAILED;
      }
      say(infoHash + " is no longer banned");
    }
    return Program.OK;
  }

  @Command(name = "list", header = "Prints all bans, a line each: info-hash, since when, why.")
  int list() throws ConfigException, StartException, DatabaseException {
    try (DatabaseCommands database = open()) {
      for (Ban ban : database.bans()) {
        String reason = ban.reason().map(InfoHashList::cleanReason).map(" "::concat).orElse("");
        say(ban.infoHash() + " " + ban.since() + reason);
      }
    }
    return Program.OK;
  }

  private DatabaseCommands open() throws ConfigException, StartException, DatabaseException {
    TrakxConfig config = root.load().config();
    DatabaseOptions options =
        config
            .database()
            .orElseThrow(
                () ->
                    new StartException(
                        "database.url is none, and bans are kept in a database; list the torrent in"
                            + " a file of access.denylist",
                        null));
    if (options.url().isEmbedded() && !EmbeddedDatabase.exists(config.dataDirectory())) {
      throw new StartException(
          "there is no database in %s; the tracker makes one when it starts, and finds it as"
                  .formatted(config.dataDirectory().toAbsolutePath())
              + " --config and the working directory say",
          null);
    }
    return DatabaseCommands.open(options);
  }

  private void say(String line) {
    program.out().println(line);
    program.out().flush();
  }

  /** Reads an info-hash. */
  static final class InfoHashText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.matches("[0-9A-Fa-f]{40}")) {
        throw new TypeConversionException("'" + text + "' is not 40 hexadecimal digits");
      }
      return text.toLowerCase(Locale.ROOT);
    }
  }
}
