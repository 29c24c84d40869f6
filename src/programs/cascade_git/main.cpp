// cascade-git: reports git's view of a repository for `cascade guard`, changes since a commit for `--since` and
// `diff`, and the history of commits for `cascade gate`. Reads one line of JSON and answers with one line of JSON,
// until its input ends; the facts of a history are several lines. It is a separate program because libgit2 needs
// libraries that take longer to load than most answers take.
#include <iostream>

#include "cascade_git/repository_facts.h"

// Debian's libgit2 reads all the machine's certificates on initialisation, which takes longer than everything else.
// This program never opens a connection, so libgit2's call for that is answered here without reading a file. If
// libgit2 is a shared library, it finds only visible functions, so this one is visible whatever a build hides
// otherwise.
extern "C" [[gnu::visibility("default")]] int mbedtls_x509_crt_parse_file(void* chain, const char* path);
extern "C" int mbedtls_x509_crt_parse_file(void*, const char*) { return 0; }

int main() {
  constexpr std::size_t longest_question = 1 << 20;
  std::ios::sync_with_stdio(false);
  const cascade::git::Library library;
  std::string question;
  while (std::getline(std::cin, question)) {
    if (question.size() > longest_question) return 2;
    cascade::git::reply(question, [](std::string_view line) { std::cout << line << '\n'; });
    std::cout.flush();
  }
  return 0;
}
