#include "git/verbs.h"

#include "text/rows.h"
#include "text/word_list.h"

namespace cascade::repository {
namespace {

// Words that are not known may be operands, so without an option that says so they count as writing.
bool reads(const GitVerb& row, const Words& words) {
  if (words.has("--help") || (words.has("-h") && words.options.size() == 1)) return true;
  const std::string first = words.operand(0);
  if (words.has(row.writing_options)) return false;
  if (words.has(row.reading_options) || letters::lists(row.reading_words, first)) return true;
  if (letters::lists(row.writing_words, first)) return false;
  return row.deed == Deed::reads || (words.operands.size() < row.fewer && !words.uncertain);
}

}  // namespace

Words words_of(const GitWords& git) {
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  return row == nullptr ? split(git.words, git.first, {}, {}) : split(git.words, git.first, row->letters, row->names);
}

void each_output(const GitWords& git, const Words& words, const std::function<void(const Value& path)>& see) {
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  if (row == nullptr || row->outputs.empty()) return;
  for (const Option& option : words.options)
    if (option.value && letters::lists(row->outputs, option.name)) see(*option.value);
  if (words.operands.size() > 1 && letters::lists(row->outputs, words.operand(0))) see(words.operands[1]);
}

void each_line(const GitWords& git, const Words& words, const std::function<void(const Value& line)>& see) {
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  if (row == nullptr || row->lines.empty()) return;
  for (const Option& option : words.options)
    if (option.value && letters::lists(row->lines, option.name)) see(*option.value);
}

Deed deed(const GitWords& git) {
  if (git.verb.empty()) return git.verb_known ? Deed::reads : Deed::unknown;
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  if (row == nullptr) return Deed::unknown;
  const bool always_reads = row->deed == Deed::reads && row->writing_options.empty() && row->writing_words.empty();
  return always_reads || reads(*row, words_of(git)) ? Deed::reads : Deed::writes;
}

}  // namespace cascade::repository
