import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Generates the classes of the database's tables: runs the migration scripts on an embedded
 * database in memory, as the product would, and has jOOQ look at what came out.
 *
 * <p>Run by the build, from this file: {@code java GenerateTables.java SCRIPTS TARGET}.
 */
final class GenerateTables {
  private static final String PACKAGE = "io.trakx.netty.persistence.jooq";
  private static final String BINDING = "io.trakx.netty.persistence.InfoHashBinding";
  private static final String URL = "jdbc:h2:mem:tables;DB_CLOSE_DELAY=-1";

  private GenerateTables() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    Flyway.configure()
        .dataSource(URL, "sa", "")
        .locations("filesystem:" + arguments[0])
        .placeholders(Map.of("table_options", ""))
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(URL, "sa", "")) {
      GenerationTool tool = new GenerationTool();
      tool.setConnection(connection);
      tool.run(configuration(arguments[1]));
    }
  }

  private static Configuration configuration(String target) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withName("org.jooq.meta.h2.H2Database")
                        .withInputSchema("PUBLIC")
                        // Tables are found where the connection looks, whatever that is called.
                        .withOutputSchemaToDefault(true)
                        .withExcludes("flyway_schema_history")
                        .withForcedTypes(
                            new ForcedType()
                                .withUserType("byte[]")
                                .withBinding(BINDING)
                                .withIncludeExpression("(?i:.*\\.info_hash)")))
                .withGenerate(
                    new Generate()
                        .withRecords(false)
                        .withRelations(false)
                        .withComments(false)
                        .withImplicitJoinPathsToOne(false)
                        .withGlobalCatalogReferences(false)
                        .withGlobalSchemaReferences(false)
                        .withGlobalKeyReferences(true)
                        .withWhereMethodOverrides(false))
                .withTarget(new Target().withPackageName(PACKAGE).withDirectory(target)));
  }
}
