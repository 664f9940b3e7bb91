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
