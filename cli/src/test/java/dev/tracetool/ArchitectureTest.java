package dev.tracetool;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the table in CONTRIBUTING.md. Data flows one way, and nothing knows what comes after it. */
@AnalyzeClasses(packages = "dev.tracetool", importOptions = ArchitectureTest.Shipped.class)
class ArchitectureTest {
    /** Leaves out tests, those of core included, which come as a jar. */
    static final class Shipped implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule eachPackageUsesOnlyThoseBeforeIt = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.tracetool..")
            .layer("code")
            .definedBy("dev.tracetool.code..")
            .layer("trace")
            .definedBy("dev.tracetool.trace..")
            .layer("format")
            .definedBy("dev.tracetool.format..")
            .layer("analysis")
            .definedBy("dev.tracetool.analysis..")
            .layer("export")
            .definedBy("dev.tracetool.export..")
            .layer("cli")
            .definedBy("dev.tracetool.cli..")
            .whereLayer("code")
            .mayNotAccessAnyLayer()
            .whereLayer("trace")
            .mayOnlyAccessLayers("code")
            .whereLayer("format")
            .mayOnlyAccessLayers("trace", "code")
            .whereLayer("analysis")
            .mayOnlyAccessLayers("trace", "code")
            .whereLayer("export")
            .mayOnlyAccessLayers("analysis", "trace", "code")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();

    /** How a format is read is its own affair: all others know {@code Trace}. */
    @ArchTest
    static final ArchRule formatsAreReachedThroughTheFrontDoor = noClasses()
            .that(resideInAnyPackage("dev.tracetool.analysis..", "dev.tracetool.export..", "dev.tracetool.cli.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.tracetool.format.*.."));

    @ArchTest
    static final ArchRule coreDoesNotPrint = noClasses()
            .that(resideInAnyPackage(
                    "dev.tracetool.code..",
                    "dev.tracetool.trace..",
                    "dev.tracetool.format..",
                    "dev.tracetool.analysis..",
                    "dev.tracetool.export.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
