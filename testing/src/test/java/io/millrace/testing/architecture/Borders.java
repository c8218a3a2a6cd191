package io.millrace.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The borders between the modules, as rules over packages below a root. The root is a parameter so
 * that each rule can be shown to fail on planted classes.
 */
record Borders(String root) {

  Map<String, ArchRule> rules() {
    var rules = new LinkedHashMap<String, ArchRule>();
    rules.put(
        "the model knows the JDK, Avro and DataSketches alone",
        classes()
            .that(resideInAPackage(module("model")))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "java..",
                    module("model"),
                    "org.apache.avro..",
                    "org.apache.datasketches..",
                    "org.jspecify..")));
    rules.put(
        "views know the model alone",
        noClasses()
            .that(resideInAPackage(module("views")))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    module("collector"),
                    module("streams"),
                    module("query"),
                    module("ops"),
                    module("server"),
                    "org.apache.kafka..")));
    rules.put(
        "views are there without what compiles them",
        noClasses()
            .that(resideInAPackage(module("views")))
            .and(not(resideInAPackage(module("views.sql"))))
            .should()
            .dependOnClassesThat(resideInAPackage(module("views.sql"))));
    rules.put("the collector knows the model alone", ofOurs("collector", "model"));
    rules.put("the stream knows views and model", ofOurs("streams", "views", "model"));
    rules.put("queries know views and model", ofOurs("query", "views", "model"));
    rules.put("operations know the model alone", ofOurs("ops", "model"));
    rules.put(
        "queries do not see Kafka",
        noClasses()
            .that(resideInAPackage(module("query")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "org.rocksdb..")));
    rules.put(
        "Calcite stays in the packages of SQL",
        noClasses()
            .that(resideInAPackage(root + ".."))
            .and(not(resideInAnyPackage(module("views.sql"), module("query.sql"))))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.calcite..")));
    rules.put(
        "one class depends on the internals of Kafka Streams",
        noClasses()
            .that(resideInAPackage(module("streams")))
            .and(not(simpleName("CommitHook").or(simpleName("Owner"))))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.streams..internals..")));
    rules.put(
        "nobody leaves the process but the command line",
        noClasses()
            .that(not(resideInAPackage(module("server"))))
            .should()
            .callMethod(System.class, "exit", int.class));
    rules.put(
        "one logging interface",
        noClasses()
            .that(resideInAPackage(root + ".."))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..")));
    return rules;
  }

  private ArchRule ofOurs(String module, String... known) {
    var allowed = new String[known.length + 1];
    allowed[0] = module(module);
    for (int i = 0; i < known.length; i++) {
      allowed[i + 1] = module(known[i]);
    }
    return classes()
        .that(resideInAPackage(module(module)))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(not(resideInAPackage(root + ".."))));
  }

  private String module(String name) {
    return root + "." + name + "..";
  }
}
