# LIBGIT2_ARCHIVES, and whether a static program can be made of them with src/programs/cascade_git/no_connections.cpp, which answers for
# what is left out (TLS, SSH, Kerberos). Debian's libgit2-dev depends on the packages of all these archives.
if(NOT CASCADE_STATIC)
  set(CASCADE_STATIC_GIT OFF)
  return()
endif()
set(LIBGIT2_ARCHIVES)
foreach(library IN ITEMS git2 http_parser pcre2-8 mbedcrypto z)
  find_library(LIBGIT2_ARCHIVE_${library} lib${library}.a)
  if(LIBGIT2_ARCHIVE_${library})
    list(APPEND LIBGIT2_ARCHIVES ${LIBGIT2_ARCHIVE_${library}})
  endif()
endforeach()
if(NOT DEFINED CASCADE_STATIC_GIT)
  set(static_git_trial [[
#include <git2.h>
int main() { return git_libgit2_init() < 1 || git_repository_open_ext(nullptr, "/", 0, "/") == 1; }
]])
  try_compile(CASCADE_STATIC_GIT
              SOURCE_FROM_VAR trial.cpp static_git_trial
              SOURCES ${PROJECT_SOURCE_DIR}/src/programs/cascade_git/no_connections.cpp
              LINK_OPTIONS -static
              LINK_LIBRARIES ${LIBGIT2_ARCHIVES}
              CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${LIBGIT2_INCLUDE})
  message(STATUS "Static cascade-git: ${CASCADE_STATIC_GIT}")
endif()
