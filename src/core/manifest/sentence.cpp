// Takes the stretch from where the sentence may have begun, then drops what belongs to an earlier one.
#include "manifest/sentence.h"

namespace cascade::manifest {

SentenceWords words_before(const BodyText& body, const TextLine& line, std::size_t begin) {
  const std::size_t first = body.sentence_begin(line);
  const std::size_t from = begin - first > sentence_window ? begin - sentence_window : first;
  SentenceWords words(body.text().substr(from, begin - from));
  words.keep_last_sentence();
  return words;
}

}  // namespace cascade::manifest
