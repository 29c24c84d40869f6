// What the exit status of a line will say about the commands in it, read from their form.
#pragma once

#include <vector>

#include "shell/script.h"
#include "shell/trace.h"

namespace cascade::shell {

// Returns what the status of a list with && and || says about each of its pipelines. `a && b` ends with 0 only if both
// did. If `a || b` ends with 0, that says nothing about either, unless b can never succeed; if it fails, both failed.
std::vector<Bearing> bearings_within(const Statement& statement, Bearing whole);

// Whether a pipeline ends with a program that succeeds only if it got input that it looked for.
bool filters(const Pipeline& pipeline);

// Whether `test` or `[` succeeds only if the value compared is there: =, ==, -n.
bool compares(const std::vector<Word>& words);

// Whether the body of a loop holds a word that may end the loop early.
bool may_leave(const Script& script);

}  // namespace cascade::shell
