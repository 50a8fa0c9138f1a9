package dev.espalier.verification;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String ROOT = "dev.espalier.";

  /** Each module and the modules that it may use. */
  private static final Map<String, Set<String>> DAG =
      Map.of(
          "domain", Set.of(),
          "wire", Set.of("domain"),
          "store", Set.of("domain"),
          "compute", Set.of("domain", "wire"),
          "kafka", Set.of("domain", "wire"),
          "fleet", Set.of("domain", "wire", "store", "compute", "kafka"),
          "cli", Set.of("domain", "wire", "store", "compute", "kafka", "fleet"));

  private JavaClasses production = new ClassFileImporter().importClasses();

  @BeforeAll
  void scan() {
    production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.espalier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"domain", "wire", "store", "compute", "kafka", "fleet", "cli"})
  void theScanSawTheModule(String module) {
    assertThat(production.stream().filter(any -> any.getPackageName().startsWith(ROOT + module)))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"domain", "wire", "store", "compute", "kafka", "fleet", "cli"})
  void aModuleUsesOnlyWhatItMay(String module) {
    List<String> forbidden = new ArrayList<>();
    for (String other : DAG.keySet()) {
      if (!other.equals(module) && !DAG.getOrDefault(module, Set.of()).contains(other)) {
        forbidden.add(ROOT + other + "..");
      }
    }

    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new))
        .allowEmptyShould(module.equals("cli"))
        .check(production);
  }

  @ParameterizedTest
  @CsvSource({
    "org.nd4j.., compute",
    "org.bytedeco.., compute",
    "jdk.incubator.vector.., compute",
    "org.apache.kafka.., kafka",
    "kafka.., kafka",
    "scala.., kafka",
    "io.cloudevents.., wire kafka fleet",
    "com.fasterxml.jackson.., wire fleet cli",
    "com.networknt.., wire",
    "org.yaml.snakeyaml.., wire",
    "io.vertx.., fleet cli",
    "io.micrometer.., fleet cli",
    "software.amazon.awssdk.., store",
    "com.jayway.jsonpath.., fleet",
    "com.cronutils.., fleet",
    "picocli.., cli",
    "ch.qos.logback.., cli"
  })
  void aLibraryIsSeenOnlyWhereItBelongs(String library, String modules) {
    String[] homes =
        Set.of(modules.split(" ")).stream().map(home -> ROOT + home + "..").toArray(String[]::new);

    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(production);
  }

  @Test
  void theDomainNeedsNothingButJavaAndPersistentMaps() {
    classes()
        .that()
        .resideInAPackage(ROOT + "domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + "domain..", "java..", "org.jspecify..", "org.pcollections..")
        .check(production);
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    slices().matching("dev.espalier.(**)").should().beFreeOfCycles().check(production);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (JavaClass any : production) {
      packages.add(any.getPackageName());
      if (any.getPackage().isAnnotatedWith(NullMarked.class)) {
        marked.add(any.getPackageName());
      }
    }

    assertThat(marked).isEqualTo(packages);
  }

  @Test
  void classesAreFinalSealedOrAbstract() {
    classes()
        .that(areOpen())
        .should()
        .haveModifier(FINAL)
        .orShould()
        .haveModifier(ABSTRACT)
        .check(production);
  }

  @Test
  void nothingSleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(production);
  }

  @Test
  void onlyTheCommandPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(production);
  }

  private static DescribedPredicate<JavaClass> areOpen() {
    return DescribedPredicate.describe(
        "are neither interfaces, enums, anonymous nor sealed",
        any ->
            !any.isInterface()
                && !any.isEnum()
                && !any.isAnonymousClass()
                && !any.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !any.getName().contains("$$")
                && !any.reflect().isSealed());
  }
}
