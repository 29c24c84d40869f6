// cascade-postgres: asks a PostgreSQL server what `store: postgresql://...` keeps there. A line of JSON in, a line of
// JSON out, until its input ends. A program of its own, because libpq brings libraries that take longer to load than
// most answers take. The address comes by standard input: other users of the machine could read it in the list of
// processes.
#include <iostream>
#include <string>

#include "postgres/session.h"

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
