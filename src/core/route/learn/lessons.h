// Turns prompts with their answers, and the manifests' own texts, into lessons to learn from.
#pragma once

#include <cascade/registry.h>

#include "route/build/fields.h"
#include "route/learned.h"
#include "route/prompts.h"

namespace cascade::route {

struct ReadLesson {
  Features features;
  bool translated = false;  // by the dictionary
};

// Reads texts like a router that has the lexicon but no library.
class LessonReader {
 public:
  LessonReader();
  LessonReader(const LessonReader&) = delete;
  LessonReader& operator=(const LessonReader&) = delete;

  ReadLesson read(std::string_view text) const;

 private:
  std::string block_;
  Tables tables_;
};

struct TaughtPrompts {
  std::string file;
  std::vector<WrittenPrompt> prompts;
};
// Lessons from all prompts whose answer the registry has, and from the names, descriptions, triggers and bodies of the
// manifests that have a class. `unknown`: the answers that the registry lacks, as "file:line: name".
Result<Lessons> lessons_of(const std::vector<TaughtPrompts>& files, const Registry& registry, const ReadSource& read,
                           std::vector<std::string>& unknown);

}  // namespace cascade::route
