// The terms of a turn with what each is worth there.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string_view>

#include "logs/conversation.h"
#include "route/answer/prompt.h"

namespace cascade::past {

// By key: what the term is worth to the turn, in 16ths of a mention in an answer of usual length, 255 at most.
using TurnTerms = std::map<std::uint32_t, std::uint8_t>;

// The keys of a file that was touched: of its name, and of its path's last two, three ... names.
void each_file_key(std::string_view path, const std::function<void(std::uint32_t)>& see);

// Reads turns with the words of one set of router's tables, whose keys are the same for every set.
class TermReader {
 public:
  // The tables must outlive it.
  explicit TermReader(const route::Tables& tables) : tables_(tables), words_(tables) {}
  // `opening`: what the conversation's first request was; its words stand for short ones such as "do it".
  TurnTerms read(const Turn& turn, std::string_view opening);

 private:
  struct Counts {
    std::map<std::uint32_t, std::uint32_t> by_key;
    std::uint32_t words = 0;
  };
  void count(std::string_view text, Counts& counts);
  void add(const Counts& counts, std::uint32_t worth, std::uint32_t usual_words, TurnTerms& terms);

  // Adds what the text's words are in English, and the concepts that it names.
  void add_meanings(std::string_view text, TurnTerms& terms);

  const route::Tables& tables_;
  route::WordTerms words_;
  std::map<std::uint32_t, std::uint32_t> sums_;  // in 256ths
};

}  // namespace cascade::past
