package io.millrace.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BordersTest {
  private static final String ROOT = "io.millrace";
  private static final String PLANTED = "io.millrace.testing.architecture.planted";
  private static final List<String> MODULES =
      List.of("model", "views", "collector", "streams", "query", "ops", "server");

  @TestFactory
  Stream<DynamicTest> theProgramKeepsItsBorders() {
    JavaClasses program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(MODULES.stream().map(module -> ROOT + "." + module).toList());
    return new Borders(ROOT)
        .rules().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(program)));
  }

  @TestFactory
  Stream<DynamicTest> eachRuleFailsOnAPlantedViolation() {
    JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
    return new Borders(PLANTED)
        .rules().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(
                        rule.getKey(),
                        () ->
                            assertThatThrownBy(() -> rule.getValue().check(planted))
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContaining("Violation")
                                .hasMessageContaining(PLANTED)));
  }

  @Test
  void everyModuleHasClasses() {
    JavaClasses program = new ClassFileImporter().importPackages(ROOT);
    for (String module : MODULES) {
      assertThat(
              program.stream()
                  .filter(type -> type.getPackageName().startsWith(ROOT + "." + module)))
          .as(module)
          .isNotEmpty();
    }
    assertThat(Set.copyOf(MODULES)).hasSameSizeAs(MODULES);
  }
}
