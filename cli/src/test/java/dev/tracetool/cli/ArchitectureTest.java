package dev.tracetool.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tracetool.trace.Trace;
import java.io.FileDescriptor;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Who may use whom: the table of the design, which CONTRIBUTING.md explains. */
@AnalyzeClasses(locations = ArchitectureTest.Production.class, importOptions = ArchitectureTest.Ours.class)
class ArchitectureTest {
    private static final String CORE = "dev.tracetool.(code|trace|format|analysis|summary|export)..";

    /** The classes of both modules, from wherever the build has them, and none of their tests. */
    static final class Production implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return Stream.of(Main.class, Trace.class)
                    .map(main -> Location.of(
                            main.getProtectionDomain().getCodeSource().getLocation()))
                    .collect(Collectors.toSet());
        }
    }

    /** picocli is compiled into the same place. */
    static final class Ours implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/picocli/");
        }
    }

    @ArchTest
    static void should_use_only_what_stands_to_the_left(JavaClasses classes) {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.tracetool..")
                .layer("code")
                .definedBy("dev.tracetool.code..")
                .layer("trace")
                .definedBy("dev.tracetool.trace..")
                .layer("input")
                .definedBy("dev.tracetool.input..")
                .layer("format")
                .definedBy("dev.tracetool.format..")
                .layer("source")
                .definedBy("dev.tracetool.source..")
                .layer("analysis")
                .definedBy("dev.tracetool.analysis..")
                .layer("summary")
                .definedBy("dev.tracetool.summary..")
                .layer("export")
                .definedBy("dev.tracetool.export..")
                .layer("cli")
                .definedBy("dev.tracetool.cli..")
                .whereLayer("code")
                .mayNotAccessAnyLayer()
                .whereLayer("trace")
                .mayOnlyAccessLayers("code")
                .whereLayer("input")
                .mayOnlyAccessLayers("trace")
                .whereLayer("format")
                .mayOnlyAccessLayers("input", "trace", "code")
                .whereLayer("source")
                .mayNotAccessAnyLayer()
                .whereLayer("analysis")
                .mayOnlyAccessLayers("source", "trace", "code")
                .whereLayer("summary")
                .mayOnlyAccessLayers("analysis", "source", "trace", "code")
                .whereLayer("export")
                .mayOnlyAccessLayers("analysis", "source", "trace", "code")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()
                .check(classes);
    }

    @ArchTest
    static void should_have_no_cycles(JavaClasses classes) {
        slices().matching("dev.tracetool.(*)..").should().beFreeOfCycles().check(classes);
    }

    /** A format is its own business; the command line knows formats only by {@code TraceFormats}. */
    @ArchTest
    static void should_keep_formats_to_themselves(JavaClasses classes) {
        slices().matching("dev.tracetool.format.(*)..")
                .should()
                .notDependOnEachOther()
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.tracetool.cli..")
                .and()
                .doNotBelongToAnyOf(WarmupTrace.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tracetool.format.*..")
                .check(classes);
    }

    /** Commands know what they share, and neither each other nor who starts them. */
    @ArchTest
    static void should_keep_commands_to_themselves(JavaClasses classes) {
        slices().matching("dev.tracetool.cli.(*)..")
                .that(DescribedPredicate.describe(
                        "are commands", slice -> !slice.getNamePart(1).equals("command")))
                .should()
                .notDependOnEachOther()
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.tracetool.cli.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tracetool.cli")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.tracetool.cli.command..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.tracetool.cli.*..")
                        .and(DescribedPredicate.not(
                                JavaClass.Predicates.resideInAPackage("dev.tracetool.cli.command.."))))
                .check(classes);
    }

    @ArchTest
    static void should_know_the_command_line_parser_only_in_cli(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    /** Commands print to the streams that they are handed, so that tests can hand them others. */
    @ArchTest
    static void should_print_and_exit_only_in_main(JavaClasses classes) {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .accessTargetWhere(touchesTheProcess())
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .callMethodWhere(isPrintStackTrace())
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.Console.class, java.io.PrintStream.class)
                .check(classes);
    }

    private static DescribedPredicate<JavaAccess<?>> touchesTheProcess() {
        return DescribedPredicate.describe("standard streams or the end of the process", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getName();
            return owner.isEquivalentTo(System.class)
                            && Set.of("in", "out", "err", "exit", "setIn", "setOut", "setErr")
                                    .contains(name)
                    || owner.isEquivalentTo(FileDescriptor.class)
                            && Set.of("in", "out", "err").contains(name)
                    || owner.isEquivalentTo(Runtime.class)
                            && Set.of("exit", "halt").contains(name);
        });
    }

    private static DescribedPredicate<JavaAccess<?>> isPrintStackTrace() {
        return DescribedPredicate.describe(
                "printing a stack trace", access -> access.getName().equals("printStackTrace"));
    }

    /** NullAway checks nothing in a package that does not say so. */
    @ArchTest
    static void should_be_null_marked(JavaClasses classes) {
        classes()
                .should(new ArchCondition<>("be in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(
                                item,
                                item.getPackage().isAnnotatedWith(NullMarked.class),
                                item.getPackageName() + " of " + item.getName()));
                    }
                })
                .check(classes);
    }
}
