package dev.eddy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows of ARCHITECTURE.md over every class of every module, and finds every cycle of
 * packages.
 */
class ArchitectureTest {
    private static final String WIRE = "dev.eddy.v1";

    private static final JavaClasses EDDY =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.eddy");

    @Test
    void everyModule_always_isSeen() {
        assertThat(EDDY.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.eddy.kernels.tensor",
                        "dev.eddy.runtime.metrics",
                        WIRE,
                        "dev.eddy.cli");
    }

    @Test
    void everyClass_always_liesInAPartAndUsesOnlyWhatItsArrowsReach() {
        classes().should(followTheArrows()).check(EDDY);
    }

    @Test
    void packages_always_formNoCycle() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(EDDY);
    }

    @Test
    void jcuda_always_isUsedByTheCudaBackendAlone() {
        onlyFrom("dev.eddy.kernels.cuda..", "jcuda..");
    }

    @Test
    void kamon_always_isUsedByMetricsAlone() {
        onlyFrom("dev.eddy.runtime.metrics..", "kamon..");
    }

    @Test
    void jinjava_always_isUsedByChatTemplatesAlone() {
        onlyFrom("dev.eddy.runtime.chat..", "com.hubspot..");
    }

    @Test
    void pekko_always_isUsedByTheRuntimeAlone() {
        onlyFrom("dev.eddy.runtime..", "org.apache.pekko..");
    }

    @Test
    void grpc_always_staysOutOfKernelsModelsEngineAndSessions() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.eddy.kernels..",
                        "dev.eddy.runtime.checkpoint..",
                        "dev.eddy.runtime.tokenizer..",
                        "dev.eddy.runtime.model..",
                        "dev.eddy.runtime.engine..",
                        "dev.eddy.runtime.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..")
                .check(EDDY);
    }

    @Test
    void everyPackage_butGeneratedOnes_isNullMarked() {
        classes()
                .that()
                .resideOutsideOfPackage(WIRE)
                .should(resideInANullMarkedPackage())
                .check(EDDY);
    }

    @Test
    void mayUse_alongAndAgainstTheArrows_holds() {
        assertThat(Part.SERVER.mayUse(Part.TENSOR)).isTrue();
        assertThat(Part.CLI.mayUse(Part.ENGINE)).isTrue();
        assertThat(Part.MODEL.mayUse(Part.ENGINE)).isFalse();
        assertThat(Part.MODEL.mayUse(Part.BACKEND)).isFalse();
        assertThat(Part.CLIENT.mayUse(Part.SERVER)).isFalse();
        for (Part part : Part.values()) {
            for (Part backend : new Part[] {Part.REFERENCE, Part.CPU, Part.CUDA}) {
                assertThat(part.mayUse(backend))
                        .as("%s -> %s", part, backend)
                        .isEqualTo(part == backend);
            }
        }
    }

    @Test
    void of_packageBelowAPart_isTheInnermostPart() {
        assertThat(Part.of("dev.eddy.runtime.model")).contains(Part.MODEL);
        assertThat(Part.of("dev.eddy.runtime.model.arch")).contains(Part.ARCH);
        assertThat(Part.of("dev.eddy.kernels.cpu.panels")).contains(Part.CPU);
        assertThat(Part.of("dev.eddy.kernels.cpux")).isEmpty();
    }

    private static void onlyFrom(String user, String used) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(used)
                .check(EDDY);
    }

    private static ArchCondition<JavaClass> followTheArrows() {
        return new ArchCondition<>("follow the arrows of dev.eddy.architecture.Part") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                Part.of(item.getPackageName())
                        .ifPresentOrElse(
                                part -> checkDependencies(part, item, events),
                                () -> violate(item, item.getName() + " lies in no Part", events));
            }
        };
    }

    private static void checkDependencies(Part part, JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
            Part.of(dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .filter(used -> !part.mayUse(used))
                    .ifPresent(used ->
                            violate(
                                    item,
                                    "%s may not use %s: %s"
                                            .formatted(part, used, dependency.getDescription()),
                                    events));
        }
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    violate(
                            item,
                            item.getPackageName() + " has no @NullMarked package-info.java",
                            events);
                }
            }
        };
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static void violate(JavaClass item, String message, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(item, message));
    }
}
