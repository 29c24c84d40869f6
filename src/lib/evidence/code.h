// Code that a line hands to an interpreter: node -e, python3 -c, perl -e, a here-document.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "shell/trace.h"

namespace cascade::evidence {

// The code that an interpreter receives on the command line; empty if none.
std::string code_of(const shell::Call& call);

// A text in quotes in some code.
struct Literal {
  std::string text;
  std::string_view before, after;  // the code around it
  bool joins = false;              // only a comma stands between it and the one before: ["git", "tag", "x"]
};

// Calls `see` for each of them, in order. Every language's quotes are the same here, and what they escape is kept.
void each_literal(std::string_view code, const std::function<void(const Literal& literal)>& see);

// Whether what is done with the text at most reads what it names: open(TEXT), require(TEXT), Path(TEXT).read_text().
bool only_reads(const Literal& literal);

}  // namespace cascade::evidence
