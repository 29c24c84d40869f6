// What statfs() says of every folder while this lives: programs that are linked with -Wl,--wrap=statfs.
#pragma once

#include <sys/statfs.h>

namespace cascade::test {

struct FolderKind {
  inline static long type = 0;  // 0: the truth
  explicit FolderKind(long given) { type = given; }
  ~FolderKind() { type = 0; }
  FolderKind(const FolderKind&) = delete;
  FolderKind& operator=(const FolderKind&) = delete;
};

}  // namespace cascade::test

extern "C" int __real_statfs(const char* path, struct statfs* found);  // NOLINT(bugprone-reserved-identifier)
extern "C" inline int __attribute__((used))
__wrap_statfs(const char* path, struct statfs* found) {  // NOLINT(bugprone-reserved-identifier)
  const int result = __real_statfs(path, found);
  if (cascade::test::FolderKind::type != 0) found->f_type = cascade::test::FolderKind::type;
  return result;
}
