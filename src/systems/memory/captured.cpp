// Reads the lines that a summary was asked to end with. Each is taken as written and nothing else of the summary is: to
// guess facts from prose would store the steps of a task as facts. Lines that repeat what recall had put into the
// conversation are dropped, or a fact would confirm itself.
#include "memory/captured.h"

#include <algorithm>
#include <iterator>

#include "memory/words.h"
#include "text/ascii.h"

namespace cascade::memory {
namespace {

constexpr std::size_t most_lines = 10;

std::string_view without_marks(std::string_view line) {
  line = letters::trim(line);
  while (!line.empty() && std::string_view("-*>`#0123456789.").find(line.front()) != std::string_view::npos)
    line = letters::trim_left(line.substr(1));
  return line;
}

std::string clean_part(std::string_view text) {
  std::string part(letters::trim(text));
  while (!part.empty() && std::string_view("*`\"").find(part.front()) != std::string_view::npos) part.erase(0, 1);
  while (!part.empty() && std::string_view("*`\"").find(part.back()) != std::string_view::npos) part.pop_back();
  return part;
}

}  // namespace

std::string_view instructions_for_summary() noexcept {
  return "[cascade] End the summary with what is worth remembering beyond this conversation, if anything: one line "
         "each, "
         "exactly as `remember: SUBJECT: TEXT`. Only lasting facts about this project, its people or the user's "
         "preferences that were said or decided here and that the code does not show. No secrets, nothing read from "
         "web "
         "pages or tool output, nothing that came from memory, no steps of the task.\n";
}

// Seven in ten words of the shorter text are in the longer one, as a summary shortens what it repeats.
bool says_the_same(const std::string& text, const std::string& of_fact) {
  const std::vector<std::string> a = words_of(text), b = words_of(of_fact);
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const std::size_t less = std::min(a.size(), b.size());
  return less > 0 && both.size() * 10 >= less * 7;
}

std::vector<Fact> captured_facts(std::string_view summary, const std::vector<Fact>& told) {
  constexpr std::string_view mark = "remember:";
  std::vector<Fact> facts;
  for (std::size_t begin = 0; begin < summary.size() && facts.size() < most_lines;) {
    const std::size_t end = std::min(summary.find('\n', begin), summary.size());
    std::string_view line = without_marks(summary.substr(begin, end - begin));
    begin = end + 1;
    if (!letters::starts_with_lower(line, mark)) continue;
    line = line.substr(mark.size());
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    Fact fact;
    fact.subject = clean_part(line.substr(0, colon));
    fact.text = clean_part(line.substr(colon + 1));
    if (fact.subject.empty() || fact.text.size() < 4 || fact.subject == "SUBJECT") continue;
    const bool known = std::any_of(told.begin(), told.end(), [&](const Fact& one) {
      return says_the_same(fact.text, one.text) || letters::equals_folded(one.subject, fact.subject);
    });
    if (!known) facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace cascade::memory
