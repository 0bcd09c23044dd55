import java.io.FileInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.core.ModelParsingException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates every FILE against every FLAVOUR (2a, ua1, …) with the veraPDF engine, in one process:
 * `VeraPdf FLAVOUR... -- FILE...`. One line a file and flavour, then one line for each failed clause.
 * Exit code 0: all compliant. 1: a file is not. 2: no verdict (wrong call, file missing, engine broken).
 */
public class VeraPdf {
    public static void main(String[] args) {
        int code;
        try {
            Logger.getLogger("").setLevel(Level.SEVERE);
            VeraGreenfieldFoundryProvider.initialise();
            code = validateAll(List.of(args)) ? 0 : 1;
        } catch (Throwable fault) {
            System.err.println("verapdf: no verdict: " + fault);
            code = 2;
        }
        System.exit(code); // the engine leaves threads behind
    }

    private static boolean validateAll(List<String> args) throws Exception {
        int dashes = args.indexOf("--");
        if (dashes < 1 || dashes == args.size() - 1) {
            throw new IllegalArgumentException("usage: verapdf FLAVOUR... -- FILE...");
        }
        boolean compliant = true;
        for (String name : args.subList(dashes + 1, args.size())) {
            for (String id : args.subList(0, dashes)) {
                compliant &= validate(name, flavour(id));
            }
        }
        return compliant;
    }

    /** `byFlavourId` answers an unknown id with NO_FLAVOUR, which would pass anything. */
    private static PDFAFlavour flavour(String id) {
        if (!PDFAFlavour.getFlavourIds().contains(id) || id.equals("0")) {
            throw new IllegalArgumentException("unknown flavour " + id);
        }
        return PDFAFlavour.byFlavourId(id);
    }

    private static boolean validate(String name, PDFAFlavour flavour) throws Exception {
        try (InputStream in = new FileInputStream(name);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            return report(name, validator.validate(parser));
        } catch (ModelParsingException notPdf) {
            System.out.println("FAIL " + flavour.getId() + " " + name + ": not readable as PDF: " + notPdf.getMessage());
            return false;
        }
    }

    private static boolean report(String name, ValidationResult result) {
        int tested = result.getTotalAssertions();
        boolean compliant = result.isCompliant() && tested > 0;
        System.out.printf("%s %s %s (%d assertions)%n",
                compliant ? "PASS" : "FAIL", result.getPDFAFlavour().getId(), name, tested);
        TreeMap<String, String> clauses = new TreeMap<>();
        for (TestAssertion failed : result.getTestAssertions()) {
            clauses.putIfAbsent(failed.getRuleId().getClause() + "/" + failed.getRuleId().getTestNumber(), failed.getMessage());
        }
        clauses.forEach((clause, message) -> System.out.println("  " + clause + " " + message));
        return compliant;
    }
}
