// Prompts with their answers, and what manifests say of themselves, as lessons to learn from.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "route/build/fields.h"
#include "route/build/learning.h"
#include "route/prompts_file.h"

namespace cascade::route {

struct ReadLesson {
  Features features;
  bool translated = false;  // by the dictionary
};

// Reads texts as a router would that knows the lexicon and no library.
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

// Lessons of all prompts whose answer the registry has, and of these manifests' descriptions, triggers and bodies.
// `unknown`: answers that it lacks, as "file:line: name".
struct TaughtPrompts {
  std::string file;
  std::vector<WrittenPrompt> prompts;
};
Result<Lessons> lessons_of(const std::vector<TaughtPrompts>& files, const Registry& registry, const ReadSource& read,
                           std::vector<std::string>& unknown);

}  // namespace cascade::route
