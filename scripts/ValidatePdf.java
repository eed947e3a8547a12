import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Prints what veraPDF finds wrong with PDF files; the first argument is the flavour (ua1), the others are files. */
public final class ValidatePdf {
    private static final int SHOWN = 3; // objects that fail a rule
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] words) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(words[0]);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            OUT.println("no such flavour: " + words[0] + " (as in ua1, 3a)");
            System.exit(2);
        }
        int bad = 0;
        for (String file : List.of(words).subList(1, words.length)) {
            bad += isValid(file, flavour) ? 0 : 1;
        }
        OUT.printf("%d of %d files pass%n", words.length - 1 - bad, words.length - 1);
        System.exit(bad == 0 ? 0 : 1);
    }

    private static boolean isValid(String file, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, SHOWN, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            Map<RuleId, Integer> failed = result.getFailedChecks();
            OUT.printf("%s: %d of %d rules fail, %d checks%n", file, failed.size(),
                    result.getValidationProfile().getRules().size(), result.getTotalAssertions());
            byRule(result.getTestAssertions()).forEach((rule, objects) -> show(rule, objects, failed.get(rule)));
            return result.isCompliant();
        } catch (Exception failure) { // whatever a file does, the others are still looked at
            OUT.printf("%s: cannot be validated: %s%n", file, failure.getMessage());
            return false;
        }
    }

    private static Map<RuleId, List<TestAssertion>> byRule(List<TestAssertion> found) {
        return found.stream().filter(one -> one.getStatus() == TestAssertion.Status.FAILED)
                .collect(Collectors.groupingBy(TestAssertion::getRuleId, LinkedHashMap::new, Collectors.toList()));
    }

    private static void show(RuleId rule, List<TestAssertion> objects, Integer count) {
        OUT.printf("  clause %s, test %d, %d times: %s%n", rule.getClause(), rule.getTestNumber(), count,
                objects.get(0).getMessage());
        for (TestAssertion one : objects) {
            OUT.printf("    %s%n      at %s%n", one.getErrorMessage(), one.getLocation().getContext());
        }
    }
}
