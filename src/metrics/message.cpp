#include "metrics/message.h"

#include "text/ascii.h"

#include <charconv>
#include <string_view>

namespace cascade::metrics {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// The number at the front of `text`; 0: there is none.
std::uint32_t number_at(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

bool says_revert(const Commit& commit) {
  if (starts_with(commit.subject, "Revert \"") || starts_with(commit.subject, "revert: ") ||
      starts_with(commit.subject, "revert("))
    return true;
  for (const std::string& note : commit.notes)
    if (starts_with(note, "This reverts commit ")) return true;
  return false;
}

std::uint32_t request_of(const Commit& commit) {
  const std::string_view subject = letters::trim(commit.subject);
  constexpr std::string_view github = "Merge pull request #", bitbucket = "(pull request #", squash = "(#";
  if (starts_with(subject, github)) return number_at(subject.substr(github.size()));
  if (const std::size_t at = subject.rfind(bitbucket); at != std::string_view::npos)
    return number_at(subject.substr(at + bitbucket.size()));
  if (const std::size_t at = subject.rfind(squash); at != std::string_view::npos && subject.back() == ')')
    return number_at(subject.substr(at + squash.size()));
  for (const std::string_view note : commit.notes)
    if (const std::size_t at = note.rfind('!'); starts_with(note, "See merge request ") && at != std::string_view::npos)
      return number_at(note.substr(at + 1));
  return 0;
}

std::vector<std::string> reviewers_of(const Commit& commit) {
  std::vector<std::string> mails;
  for (const std::string_view note : commit.notes)
    for (const std::string_view key : {"reviewed-by:", "approved-by:", "acked-by:"}) {
      if (!letters::starts_with_lower(note, key)) continue;
      const std::size_t open = note.find('<'), close = note.find('>');
      const bool has_mail = open != std::string_view::npos && close != std::string_view::npos && open < close;
      const std::string_view who = has_mail ? note.substr(open + 1, close - open - 1) : note.substr(key.size());
      mails.push_back(letters::to_lower(letters::trim(who)));
    }
  return mails;
}

}  // namespace cascade::metrics
