// cascade-git: tells what git would see in a repository, for `cascade guard`, what changed there since a commit, for
// `--since` and `diff`, and what became of its commits, for `cascade gate`. A line of JSON in, a line of JSON out,
// until its input ends. A program of its own, because libgit2 brings libraries that take longer to load than most
// answers take.
#include <iostream>
#include <string>

#include "git/repository_facts.h"

// Debian's libgit2 reads all certificates of the machine when it is made ready, which takes longer than all the rest.
// This program never opens a connection, so what libgit2 calls for that is answered here, and no file is read. Where
// libgit2 is a library of its own it finds only what is visible to it, whatever else a build hides.
extern "C" [[gnu::visibility("default")]] int mbedtls_x509_crt_parse_file(void* chain, const char* path);
extern "C" int mbedtls_x509_crt_parse_file(void*, const char*) { return 0; }

int main() {
  constexpr std::size_t longest_question = 1 << 20;
  std::ios::sync_with_stdio(false);
  const cascade::git::Library library;
  std::string question;
  while (std::getline(std::cin, question)) {
    if (question.size() > longest_question) return 2;
    std::cout << cascade::git::answer(question) << std::endl;
  }
  return 0;
}
