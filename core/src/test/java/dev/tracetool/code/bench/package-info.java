/**
 * Benchmarks of code objects, by JMH; no part of the tests. To run one from the repository's root:
 *
 * <pre>
 * mvn -q -pl core test-compile org.codehaus.mojo:exec-maven-plugin:3.6.2:exec -Dexec.classpathScope=test \
 *     -Dexec.executable=java -Dexec.args="-cp %classpath org.openjdk.jmh.Main LineTableBenchmark"
 * </pre>
 *
 * <p>For {@link dev.tracetool.code.bench.WrapperFootprint} put its name in place of JMH's main class.
 */
@NullMarked
package dev.tracetool.code.bench;

import org.jspecify.annotations.NullMarked;
