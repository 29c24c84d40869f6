// The words by which calls, tools and messages are judged: the rows of word_lists.tsv, databases.tsv, shows.tsv and
// test_runners.tsv, compiled in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "text/word_list.h"

namespace cascade::evidence {

// word_lists.tsv says what each means.
enum class List : std::uint8_t {
  cloud_shows,
  cloud_changes,
  aws_targets,
  cloudformation_deploys,
  lambda_deploys,
  beanstalk_deploys,
  aws_deploys,
  aws_neither,
  cloud_neither,
  storage_changes,
  sql_shows,
  sql_neither,
  sql_changes,
  redis_shows,
  django_changes,
  http_methods,
  browsers,
  browser_opens,
  browser_looks,
  naming_keys,
  tool_changes,
  tool_shows,
  tool_neither,
  readers,
  general_targets,
  consumers,
  looking,
  trying,
  doubting,
  joining,
  plain_admissions,
  only_talks,
  reference_hosts,
  outside,
  port_clients,
  port_readers,
  server_processes,
  interpreters,
  code_options,
  bare_interpreters,
  writing,
  starting,
  git_hooks,
  git_variables,
  trash,
};

struct WordList {
  List list = List::cloud_shows;
  std::string_view words;  // separated by blanks
};
std::span<const WordList> word_lists() noexcept;

template <typename See>
void each_word_of(List list, const See& see) {
  for (const WordList& row : word_lists())
    if (row.list == list) letters::each_word(row.words, see);
}

inline bool is_in(List list, std::string_view word) noexcept {
  for (const WordList& row : word_lists())
    if (row.list == list && letters::lists(row.words, word)) return true;
  return false;
}

// A list of one row.
inline std::string_view words_of(List list) noexcept {
  for (const WordList& row : word_lists())
    if (row.list == list) return row.words;
  return {};
}

// Whether a word of a list is so.
template <typename Is>
bool has_one(List list, const Is& is) {
  bool found = false;
  each_word_of(list, [&](std::string_view word) { found = found || is(word); });
  return found;
}

struct DatabaseClient {
  std::string_view names, takes;
  std::string_view statement;  // options whose value is a statement
  std::string_view file;       // options whose value is a file of statements
  std::string_view host, database;
};
std::span<const DatabaseClient> database_clients() noexcept;

// Verbs of programs that only show something.
struct Shows {
  std::string_view program, verbs;
};
std::span<const Shows> showing_programs() noexcept;

// A program that runs tests if `verb` is among its words.
struct TestRunner {
  std::string_view program, verb;
};
std::span<const TestRunner> test_runners() noexcept;

}  // namespace cascade::evidence
