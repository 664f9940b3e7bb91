package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.Losses;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;

/** Counts what records cannot hold of events, and of what else is told between them. */
final class UnheldEvents {
    /** What becomes of a kind of event. */
    enum Action {
        NONE,
        LINE,
        CALL,
        RETURN
    }

    private final KindTable kinds;
    private final Action[] actions;
    private final long[] byKind;

    // Each is what its name says; who tells them counts them.
    long times;
    long unknownCode;
    long runningBefore;
    long leftUnseen;
    long asideFirst;
    long raised;
    long stacks;
    long marks;
    long sources;
    long ended;
    long failures;

    /** @param hasCalls whether calls and returns become records */
    UnheldEvents(KindTable kinds, boolean hasCalls) {
        this.kinds = kinds;
        this.actions = new Action[kinds.size() + 1];
        this.byKind = new long[kinds.size() + 1];
        actions[0] = Action.NONE;
        for (int k = 1; k < actions.length; k++) {
            EventKind kind = kinds.kind(k).kind();
            actions[k] = switch (kind.effect()) {
                case PUSH -> hasCalls ? Action.CALL : Action.NONE;
                case POP -> hasCalls ? Action.RETURN : Action.NONE;
                case NONE -> kind == EventKind.LINE ? Action.LINE : Action.NONE;
            };
        }
    }

    /** What becomes of an event of that number of kind, which is counted. */
    Action event(int kind) {
        byKind[kind]++;
        return actions[kind];
    }

    void addTo(Losses losses, ThreadIds threads) {
        losses.add("time", times);
        long offsets = 0;
        for (int k = 1; k < byKind.length; k++) {
            KindTable.Kind kind = kinds.kind(k);
            offsets += kind.kind() == EventKind.LINE ? 0 : byKind[k] * kind.arguments();
        }
        losses.add("bytecode offset", offsets);
        for (int k = 1; k < byKind.length; k++) {
            addKind(losses, kinds.kind(k), actions[k], byKind[k]);
        }
        losses.add("event", "of unknown code objects", unknownCode);
        losses.add("frame", "running already when first heard of, written as calls", runningBefore);
        losses.add("frame", "left unseen, written as returns", leftUnseen);
        losses.add("line", "of another file, first in a call, written as a call of its own", asideFirst);
        losses.add("stack", stacks);
        losses.add("mark", marks);
        losses.add("source", sources);
        losses.add("thread name", threads.named());
        losses.add("thread id", "of an earlier thread, written as another one", threads.others());
        losses.add("ended code object", ended);
        losses.add("failure", "of the recorder", failures);
    }

    private void addKind(Losses losses, KindTable.Kind kind, Action action, long count) {
        boolean same = kind.kind() == EventKind.PY_START || kind.kind() == EventKind.PY_RETURN;
        String event = kind.name() + " event";
        if (kind.kind() == EventKind.RAISE && raised > 0) {
            losses.add(event, "written as records of errors", raised);
            losses.add(event, count - raised);
        } else if (action == Action.NONE) {
            losses.add(event, count);
        } else if (action == Action.CALL && !same) {
            losses.add(event, "written as calls", count);
        } else if (action == Action.RETURN && !same) {
            losses.add(event, "written as returns", count);
        }
    }
}
