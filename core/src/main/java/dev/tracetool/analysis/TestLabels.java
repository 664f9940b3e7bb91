package dev.tracetool.analysis;

/**
 * What the label of a test says of the file that it is in. A node id of pytest is {@code path::Class::name}, the id of a
 * unittest is {@code package.module.Class.name}.
 */
final class TestLabels {
    private TestLabels() {}

    /** Whether the label begins with the path of a file. */
    static boolean isPath(String label) {
        return label.contains("::");
    }

    /** Whether pytest takes the file for one with tests, unless it is told otherwise. */
    static boolean isTestFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith("test_") || name.endsWith("_test.py");
    }

    /** Whether the test is in the file. */
    static boolean isIn(String label, String path) {
        return label.startsWith(path + "::") || label.startsWith(module(path) + ".");
    }

    private static String module(String path) {
        return path.substring(0, path.length() - ".py".length()).replace('/', '.');
    }

    /** Whether any test is in the file. */
    static boolean hasTests(TestActivity tests, String path) {
        for (int t = 0; t < tests.size(); t++) {
            if (isIn(tests.test(t).label(), path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a function of the file is a test, or stands in one. */
    static boolean isTest(TestActivity tests, String path, String qualname) {
        int inner = qualname.indexOf(".<locals>");
        String outer = inner < 0 ? qualname : qualname.substring(0, inner);
        for (int t = 0; t < tests.size(); t++) {
            if (isIn(tests.test(t).label(), path)
                    && function(tests.test(t).label(), path).equals(outer)) {
                return true;
            }
        }
        return false;
    }

    /** The qualified name of the function that is the test. */
    private static String function(String label, String path) {
        if (!isPath(label)) {
            return label.substring(module(path).length() + 1);
        }
        int parameters = label.indexOf('[', path.length());
        String name = label.substring(path.length() + 2, parameters < 0 ? label.length() : parameters);
        return name.replace("::", ".");
    }

    /** Whether pytest takes fixtures for other files from it. */
    static boolean isConftest(String path) {
        return path.substring(path.lastIndexOf('/') + 1).equals("conftest.py");
    }

    /** What the runner calls the file: its path, or its module. */
    static String container(TestActivity tests, String path) {
        for (int t = 0; t < tests.size(); t++) {
            String label = tests.test(t).label();
            if (!isPath(label) && isIn(label, path)) {
                return module(path);
            }
        }
        return path;
    }
}
