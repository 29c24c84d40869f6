#include "usage/gap_words.h"

#include <algorithm>
#include <iterator>

namespace cascade::usage {
namespace {

struct Words {
  std::string_view kind, words;
};
constexpr Words all_words[] = {
    {"changed-section", "sections whose text has changed or gone since"},
    {"days-not-kept", "days of which no ledgers are kept any more"},
    {"foreign-lines", "lines of logs in a form that is not known"},
    {"no-answer-after", "sections after which their log holds no answer"},
    {"no-log", "sessions whose log is gone or was never kept"},
    {"no-log-of-subagent", "sections for subagents whose logs are gone"},
    {"shortened-ledger", "ledgers that were shortened, so what they sent first is gone"},
    {"subagent-did-not-start", "texts for subagents that did not start"},
    {"torn-ledger", "lines of ledgers that are torn"},
    {"torn-lines", "lines of logs that are torn"},
    {"unread-ledger", "ledgers that could not be read"},
    {"unread-log", "logs that could not be read"},
};

}  // namespace

std::string gap_words(std::string_view kind) {
  const auto at =
      std::find_if(std::begin(all_words), std::end(all_words), [&](const Words& w) { return w.kind == kind; });
  return std::string(at == std::end(all_words) ? kind : at->words);
}

}  // namespace cascade::usage
