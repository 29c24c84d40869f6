// What the exit status of a line will say about the commands in it, read from their form.
#pragma once

#include <vector>

#include "shell/script.h"
#include "shell/trace.h"

namespace cascade::shell {

// Returns what the status of a list with && and || says about each of its pipelines. `a && b` ends with 0 only if both
// did. If `a || b` ends with 0, that says nothing about either, unless b can never succeed; if it fails, both failed.
std::vector<Bearing> bearings_within(const Statement& statement, Bearing whole);

// What makes the line fail at one place of it.
struct Deciding {
  bool status = false;     // the status of the list that is read
  bool failure = false;    // set -e ends the shell where the last pipeline of the list fails
  bool exit = false;       // the shell ends with a failure
  bool returned = false;   // the function returns one
  bool collected = false;  // a variable is set, by which the script says at its end how it went
};

// For each pipeline of a list, whether its failure makes the line fail: by itself, or by what runs after `||`.
std::vector<bool> fatal_within(const Statement& statement, const Deciding& deciding);
// Whether the line fails where this branch is taken.
bool is_fatal_branch(const Script& branch, const Deciding& deciding);
// Whether the status of a script is what a variable says: exit $status, [ "$failed" -eq 0 ].
bool ends_by_variable(const Script& script);
// Whether a statement looks at how the one before it ended: $?, PIPESTATUS.
bool reads_status(const Statement& statement);

// Whether a pipeline ends with a program that succeeds only if it got input that it looked for.
bool filters(const Pipeline& pipeline);

// Whether `test` or `[` succeeds only if the value compared is there: =, ==, -n.
bool compares(const std::vector<Word>& words);

// Whether the body of a loop holds a word that may end the loop early.
bool may_leave(const Script& script);

}  // namespace cascade::shell
