// cascade-postgres: talks to a PostgreSQL server for `store: postgresql://...`. Reads one line of JSON and answers
// with one line of JSON, until its input ends. It is a separate program because libpq needs libraries that take longer
// to load than most answers take. The address comes through standard input: other users of the machine could read it
// in the process list.
#include <iostream>
#include <string>

#include "cascade_postgres/session.h"

int main() {
  constexpr std::size_t longest_question = std::size_t{8} << 20;
  std::ios::sync_with_stdio(false);
  cascade::postgres::Session session;
  std::string question;
  while (std::getline(std::cin, question)) {
    if (question.size() > longest_question) return 2;
    std::cout << session.answer(question) << std::endl;
  }
  return 0;
}
