package io.trakx.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.ByteOrder;

/** Which package may depend on which, and that none does I/O. */
@ArchTag("slow")
@AnalyzeClasses(packages = "io.trakx.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.trakx.core";
  private static final String PROTOCOL = "io.trakx.core.protocol";
  private static final String HASH = "io.trakx.core.hash";
  private static final String STATS = "io.trakx.core.stats";
  private static final String ACCESS = "io.trakx.core.access";
  private static final String LIMIT = "io.trakx.core.limit";
  private static final String SWARM = "io.trakx.core.swarm";

  @ArchTest static final ArchRule protocolStandsAlone = onlyDepends(PROTOCOL);

  @ArchTest static final ArchRule statsKnowTheProtocol = onlyDepends(STATS, PROTOCOL);

  @ArchTest static final ArchRule accessKnowsTheProtocol = onlyDepends(ACCESS, PROTOCOL);

  @ArchTest static final ArchRule hashStandsAlone = onlyDepends(HASH);

  @ArchTest static final ArchRule limitsKnowTheProtocol = onlyDepends(LIMIT, PROTOCOL, HASH);

  @ArchTest static final ArchRule swarmsKnowTheProtocol = onlyDepends(SWARM, PROTOCOL, HASH, LIMIT);

  @ArchTest
  static final ArchRule trackerKnowsAll =
      onlyDepends(ROOT, PROTOCOL, STATS, ACCESS, SWARM, HASH, LIMIT);

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.trakx.(**)").should().beFreeOfCycles();

  /** Nothing but the JDK's own basics, annotations for checkers and these packages of ours. */
  private static ArchRule onlyDepends(String from, String... on) {
    String[] allowed = new String[on.length + 8];
    System.arraycopy(on, 0, allowed, 0, on.length);
    String[] basics = {
      from,
      "java.lang",
      "java.lang.annotation",
      "java.lang.invoke",
      "java.lang.runtime",
      "java.util..",
      "org.jspecify.annotations",
      "com.google.errorprone.annotations"
    };
    System.arraycopy(basics, 0, allowed, on.length, basics.length);
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.or(
                Predicates.resideInAnyPackage(allowed), Predicates.type(ByteOrder.class)));
  }
}
