// Topics: the subjects that people of a project write facts about, and the words with which others ask for them. A row:
// the topic's name; the words that mark a fact as being about it; after the bar, words that only ask for it, because
// they occur in too many facts ("who", "slow"). "a_b" is two adjacent words. A topic counts for less than a word, and
// where both come from one word of the prompt they are one piece of evidence. Data, general to the trade: no words of
// any organisation.
#include <algorithm>
#include <string>
#include <string_view>

#include "facts/synonyms.h"
#include "facts/terms.h"
#include "route/stems.h"
#include "route/vocabulary.h"

namespace cascade::recall {
namespace {

bool stands_before(const TopicWord& a, const TopicWord& b) {
  return a.stem != b.stem ? a.stem < b.stem : a.topic != b.topic ? a.topic < b.topic : a.asks < b.asks;
}

// Adds the words of `row`, which comes without the topic's name.
void add_words(std::string_view row, std::uint32_t topic, std::uint32_t synonym, route::Stemmer& stemmer,
               std::vector<TopicWord>& words) {
  std::uint32_t asks = 0;
  for (std::size_t begin = 0; begin < row.size();) {
    const std::size_t end = std::min(row.find(' ', begin), row.size());
    const std::string_view word = row.substr(begin, end - begin);
    if (word == "|")
      asks = 1;
    else
      words.push_back({key_of(word, stemmer), topic, asks, synonym});
    begin = end + 1;
  }
}

}  // namespace

std::vector<TopicWord> topic_words() {
  std::vector<TopicWord> words;
  route::Stemmer stemmer;
  for (const std::span<const std::string_view> rows : {topic_rows(), task_rows()})
    for (const std::string_view row : rows) {
      const std::size_t named = row.find(' ');
      add_words(row.substr(named + 1), route::hash_of("topic " + std::string(row.substr(0, named))), 0, stemmer, words);
    }
  for (const std::span<const std::string_view> rows :
       {synonym_rows(), profession_rows(), product_rows(), everyday_rows(), family_rows()})
    for (const std::string_view row : rows)
      add_words(row, route::hash_of("synonyms " + std::string(row)), 1, stemmer, words);
  std::sort(words.begin(), words.end(), stands_before);
  words.erase(
      std::unique(words.begin(), words.end(),
                  [](const TopicWord& a, const TopicWord& b) { return a.stem == b.stem && a.topic == b.topic; }),
      words.end());
  return words;
}

}  // namespace cascade::recall
