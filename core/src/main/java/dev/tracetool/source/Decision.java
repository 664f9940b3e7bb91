package dev.tracetool.source;

/**
 * A clause that decides which line comes next: {@code if}, {@code elif}, {@code while}, {@code for}, {@code case}, and
 * {@code except} where another one follows. Lines are first lines of statements; {@code -n} stands for the end of the
 * function, class or module whose code starts on line {@code n}.
 *
 * @param line of the clause
 * @param entered the line that comes next if the clause's suite is entered
 * @param otherwise the line that comes next if it is not; for a loop, when it has ended
 */
public record Decision(int line, int entered, int otherwise) {}
