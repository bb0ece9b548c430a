package io.trakx.netty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the server may depend on which of ours, and which on Netty. */
@ArchTag("slow")
@AnalyzeClasses(packages = "io.trakx.netty", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "io.trakx.core";
  private static final String PROTOCOL = "io.trakx.core.protocol";
  private static final String HASH = "io.trakx.core.hash";
  private static final String STATS = "io.trakx.core.stats";
  private static final String ACCESS = "io.trakx.core.access";
  private static final String LIMIT = "io.trakx.core.limit";
  private static final String SWARM = "io.trakx.core.swarm";
  private static final String BENCODE = "io.trakx.netty.bencode";
  private static final String TRANSPORT = "io.trakx.netty.transport";
  private static final String TLS = "io.trakx.netty.tls";
  private static final String HTTP = "io.trakx.netty.http";
  private static final String UDP = "io.trakx.netty.udp";
  private static final String SCRAPE = "io.trakx.netty.scrape";
  private static final String METRICS = "io.trakx.netty.metrics";
  private static final String ADMIN = "io.trakx.netty.admin";
  private static final String SNAPSHOT = "io.trakx.netty.snapshot";
  private static final String WEB = "io.trakx.netty.web";
  private static final String LOGGING = "io.trakx.netty.logging";
  private static final String SYSTEMD = "io.trakx.netty.systemd";
  private static final String THREADS = "io.trakx.netty.threads";
  private static final String PERSISTENCE = "io.trakx.netty.persistence";
  private static final String TABLES = "io.trakx.netty.persistence.jooq..";
  private static final String CONFIG = "io.trakx.netty.config";

  @ArchTest static final ArchRule bencode = ofOursOnly(BENCODE, PROTOCOL);

  @ArchTest
  static final ArchRule bencodeKnowsOnlyBuffersOfNetty =
      noClasses()
          .that()
          .resideInAPackage(BENCODE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..");

  @ArchTest static final ArchRule transport = ofOursOnly(TRANSPORT);

  @ArchTest static final ArchRule tls = ofOursOnly(TLS);

  @ArchTest
  static final ArchRule http = ofOursOnly(HTTP, CORE, PROTOCOL, STATS, BENCODE, TRANSPORT, TLS);

  @ArchTest static final ArchRule udp = ofOursOnly(UDP, CORE, PROTOCOL, STATS, HASH, TRANSPORT);

  @ArchTest
  static final ArchRule scrape = ofOursOnly(SCRAPE, PROTOCOL, STATS, ACCESS, SWARM, BENCODE, HTTP);

  @ArchTest
  static final ArchRule admin = ofOursOnly(ADMIN, PROTOCOL, STATS, SWARM, METRICS, TRANSPORT);

  @ArchTest static final ArchRule metrics = ofOursOnly(METRICS, PROTOCOL, STATS, SWARM);

  @ArchTest static final ArchRule web = ofOursOnly(WEB, PROTOCOL, STATS, SWARM);

  @ArchTest static final ArchRule snapshot = ofOursOnly(SNAPSHOT, PROTOCOL, SWARM);

  @ArchTest
  static final ArchRule snapshotKnowsNeitherNettyNorDatabases =
      noClasses()
          .that()
          .resideInAPackage(SNAPSHOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.sql..", "javax.sql..", "org.jooq..");

  @ArchTest static final ArchRule logging = ofOursOnly(LOGGING);

  @ArchTest static final ArchRule systemd = ofOursOnly(SYSTEMD);

  @ArchTest static final ArchRule threads = ofOursOnly(THREADS);

  @ArchTest
  static final ArchRule persistence =
      ofOursOnly(PERSISTENCE, TABLES, CORE, HASH, PROTOCOL, STATS, SWARM);

  @ArchTest
  static final ArchRule persistenceKnowsNothingOfNetty =
      noClasses()
          .that()
          .resideInAPackage(PERSISTENCE + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  /** Whatever may block is out of reach of those who run on event loops. */
  @ArchTest
  static final ArchRule onlyPersistenceKnowsTheTables =
      noClasses()
          .that()
          .resideOutsideOfPackage(PERSISTENCE + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TABLES, "org.jooq..", "com.zaxxer..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule config =
      ofOursOnly(CONFIG, CORE, LIMIT, SWARM, HTTP, UDP, TLS, WEB, LOGGING, TRANSPORT, PERSISTENCE);

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.trakx.netty.(*)").should().beFreeOfCycles();

  /** Of this project's packages, {@code from} knows itself and {@code on}; only app knows all. */
  private static ArchRule ofOursOnly(String from, String... on) {
    DescribedPredicate<JavaClass> ours = Predicates.resideInAPackage("io.trakx..");
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(ours)
                .or(Predicates.resideInAPackage(from))
                .or(Predicates.resideInAnyPackage(on)))
        .as(from + " knows of ours " + String.join(", ", on));
  }
}
