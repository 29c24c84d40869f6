// Whether a message admits that something was not verified: a word of doubt a few words before a word of looking.
#include <algorithm>

#include "evidence/claims.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

constexpr std::size_t reach = 6;  // words between the doubt and the looking

// The words of one sentence in lower case; "haven't" becomes "haven", "not".
std::vector<std::string> words_of(std::string_view sentence) {
  std::vector<std::string> words;
  std::string word;
  const auto end = [&] {
    if (word.empty()) return;
    const std::string small = letters::to_lower(word);
    if (small.size() > 3 && small.compare(small.size() - 3, 3, "n't") == 0)
      words.emplace_back("not");
    else
      words.push_back(small);
    word.clear();
  };
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const auto byte = static_cast<unsigned char>(sentence[i]);
    if (sentence.compare(i, 3, "\xE2\x80\x99") == 0) {  // a typographic apostrophe
      word += '\'';
      i += 2;
    } else if (letters::is_letter_or_digit(sentence[i]) || sentence[i] == '\'' || byte >= 0x80) {
      word += sentence[i];
    } else {
      end();
    }
  }
  end();
  return words;
}

bool has_any(const std::vector<std::string>& words, List list) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_in(list, word); });
}

// "still to be verified", "needs to be checked", "verification is pending"
bool is_outstanding(const std::vector<std::string>& words, std::size_t at) {
  const auto before = [&](std::size_t count, std::string_view list) {
    return at >= count && lists(list, words[at - count]);
  };
  if (before(1, "be") && before(2, "to")) return before(3, "needs need remains still has yet left");
  if (before(1, "needs need requires require awaiting pending awaits")) return true;
  if (words[at] != "verification" && words[at] != "confirmation") return false;
  for (std::size_t i = at + 1; i < std::min(words.size(), at + 4); ++i)
    if (lists("pending outstanding missing open required needed incomplete failed", words[i])) return true;
  return false;
}

bool admits_sentence(const std::vector<std::string>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_in(List::plain_admissions, words[at])) {
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at - std::min<std::size_t>(at, 3));
      const bool denied =
          std::any_of(begin, words.begin() + static_cast<std::ptrdiff_t>(at),
                      [](const std::string& word) { return lists("no nothing not none longer nichts", word); });
      if (!denied) return true;
      continue;
    }
    const bool looks = is_in(List::looking, words[at]);
    if (!looks && !(is_in(List::trying, words[at]) && has_any(words, List::outside))) continue;
    if (looks && is_outstanding(words, at)) return true;
    if (at > 0 && lists("no keine kein", words[at - 1]) && lists("verification confirmation", words[at])) return true;
    for (std::size_t i = at - std::min(at, reach); i < at; ++i) {
      if (!is_in(List::doubting, words[i])) continue;
      // "not only verified", "no need to check", "do not forget to check", "nothing left to verify", "no errors,
      // verified"
      const bool turned =
          i + 1 < words.size() && lists(
                                      "only just merely need problem problems issue issues error errors "
                                      "forget hesitate longer left further more failures doubt",
                                      words[i + 1]);
      const bool joined =
          std::any_of(words.begin() + static_cast<std::ptrdiff_t>(i), words.begin() + static_cast<std::ptrdiff_t>(at),
                      [](const std::string& word) { return is_in(List::joining, word); });
      if (!turned && !joined) return true;
    }
    for (std::size_t i = at + 1; i < std::min(words.size(), at + 3); ++i)  // "geprüft habe ich es nicht"
      if (lists("nicht", words[i])) return true;
  }
  return false;
}

}  // namespace

bool admits(std::string_view message) {
  while (!message.empty()) {
    std::size_t end = std::min(message.find_first_of(".!?;\n"), message.size());
    // A dot inside a word or number does not end a sentence.
    while (end + 1 < message.size() && message[end] == '.' && letters::is_letter_or_digit(message[end + 1]))
      end = std::min(message.find_first_of(".!?;\n", end + 1), message.size());
    if (admits_sentence(words_of(message.substr(0, end)))) return true;
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return false;
}

}  // namespace cascade::evidence
