package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOptionsTest {
  @TempDir private Path directory;

  @Test
  void isTheEmbeddedDatabaseWithoutAUrl() {
    DatabaseUrl url = DatabaseUrl.parse("", directory);
    assertThat(url.isEmbedded()).isTrue();
    assertThat(url).hasToString("jdbc:h2:file:" + directory.resolve("trakx"));
  }

  @Test
  void oneDriverSpeaksToMySqlAndMariaDb() {
    assertThat(DatabaseUrl.parse("jdbc:mariadb://db:3306/trakx?sslMode=REQUIRED", directory))
        .hasToString("jdbc:mysql://db:3306/trakx?sslMode=REQUIRED");
    assertThat(DatabaseUrl.parse("jdbc:mysql://db/trakx", directory).isEmbedded()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://root:s3cret@db/trakx",
        "jdbc:mysql://db/trakx?password=s3cret",
        "jdbc:mariadb://db/trakx?a=b&PASSWORD=s3cret",
        "jdbc:mysql://(host=db,password=s3cret)/trakx",
        "jdbc:mysql://db/trakx?trustCertificateKeyStorePassword=s3cret",
        "jdbc:postgresql://db/s3cret",
        "s3cret"
      })
  void refusesOtherDatabasesAndSecretsWithoutRepeatingThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(text, directory))
        .withMessageNotContaining("s3cret");
  }

  @Test
  void tellsNoPassword() {
    DatabaseOptions options =
        DatabaseOptions.defaults(DatabaseUrl.parse("jdbc:mysql://db/trakx", directory))
            .withAccount("trakx", Password.of("s3cret"));
    assertThat(options.toString()).contains("trakx").doesNotContain("s3cret");
  }

  @Test
  void readsThePasswordFileAnewForEachConnection() throws IOException {
    Path file = directory.resolve("password");
    Password password = Password.inFile(file);
    assertThatThrownBy(password::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    Files.writeString(file, "one\n");
    assertThat(password.read()).isEqualTo("one");
    Files.writeString(file, "two");
    assertThat(password.read()).isEqualTo("two");
  }

  @Test
  void aTrackerKeepsItsNameInItsDataDirectory() throws IOException {
    UUID made = WriterIds.readOrCreate(directory.resolve("new"));
    assertThat(WriterIds.readOrCreate(directory.resolve("new"))).isEqualTo(made);
    Files.writeString(directory.resolve("new/writer-id"), "nonsense");
    assertThatThrownBy(() -> WriterIds.readOrCreate(directory.resolve("new")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("writer-id");
  }
}
