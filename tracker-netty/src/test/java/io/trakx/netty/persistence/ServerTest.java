package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
  @ParameterizedTest
  @CsvSource({
    "8.4.3, MySQL 8.4.3, MYSQL",
    "9.1.0-commercial, MySQL 9.1.0-commercial, MYSQL",
    "11.4.5-MariaDB, MariaDB 11.4.5, MARIADB",
    "11.4.5-MariaDB-ubu2404-log, MariaDB 11.4.5, MARIADB",
    "5.5.5-10.11.6-MariaDB, MariaDB 10.11.6, MARIADB"
  })
  void isWhatItsVersionSays(String version, String text, SQLDialect dialect)
      throws DatabaseException {
    assertThat(Server.ofVersion(version)).hasToString(text);
    assertThat(Server.ofVersion(version).dialect()).isEqualTo(dialect);
  }

  @Test
  void isRefusedIfItCannotDoWhatIsNeeded() {
    assertThatThrownBy(() -> Server.ofVersion("5.7.44"))
        .isInstanceOf(DatabaseException.class)
        .hasMessage("MySQL 5.7.44 is too old: 8.4 or later is needed");
  }
}
