package dev.tracetool.analysis.diff;

import java.util.List;

/**
 * Something that is not the same in all runs.
 *
 * @param base what runs of the base have, each once; hostile text
 * @param head what runs of the head have
 */
public record Unlike(Aspect aspect, List<String> base, List<String> head) {}
