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

// "still to be verified", "needs to be checked", "verification is pending"
bool is_outstanding(const std::vector<std::string>& words, std::size_t at) {
  const auto before = [&](std::size_t count) { return at >= count ? std::string_view(words[at - count]) : ""; };
  if (before(1) == "be" && before(2) == "to") return is_in(list::before_to_be, before(3));
  if (is_in(list::needing, before(1))) return true;
  if (words[at] != "verification" && words[at] != "confirmation") return false;
  for (std::size_t i = at + 1; i < std::min(words.size(), at + 4); ++i)
    if (is_in(list::outstanding, words[i])) return true;
  return false;
}

bool admits_sentence(const std::vector<std::string>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_in(list::plain_admissions, words[at])) {
      const std::size_t before = std::min<std::size_t>(at, 3);
      const bool denied = any_in(list::undenied, std::span(words).subspan(at - before, before));
      if (!denied) return true;
      continue;
    }
    const bool looks = is_in(list::looking, words[at]);
    if (!looks && !(is_in(list::trying, words[at]) && any_in(list::outside, words))) continue;
    if (looks && is_outstanding(words, at)) return true;
    if (at > 0 && lists("no keine kein", words[at - 1]) && lists("verification confirmation", words[at])) return true;
    for (std::size_t i = at - std::min(at, reach); i < at; ++i) {
      if (!is_in(list::doubting, words[i])) continue;
      // "not only verified", "no need to check", "do not forget to check", "nothing left to verify", "no errors,
      // verified"
      const bool turned = i + 1 < words.size() && is_in(list::turning, words[i + 1]);
      const bool joined = any_in(list::joining, std::span(words).subspan(i, at - i));
      if (!turned && !joined) return true;
    }
    for (std::size_t i = at + 1; i < std::min(words.size(), at + 3); ++i)  // "geprüft habe ich es nicht"
      if (words[i] == "nicht") return true;
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
