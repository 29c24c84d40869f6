# Debian 12's packages (vcpkg.json names them for other systems). Each library is used by one folder of src/.
find_package(Threads REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
find_path(STEMMER_INCLUDE libstemmer.h REQUIRED)
if(CASCADE_ELF)  # elsewhere the system has SHA-256 itself
  find_path(LIBMD_INCLUDE sha2.h REQUIRED)
endif()
if(CASCADE_PROGRAM)
  find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
  find_path(SPDLOG_INCLUDE spdlog/spdlog.h REQUIRED)
  find_path(SQLITE_INCLUDE sqlite3.h REQUIRED)
  find_library(SQLITE_STATIC libsqlite3.a REQUIRED)
  # For the guard of repositories; without it `cascade guard` refuses what it would have to look up, and says so.
  find_path(LIBGIT2_INCLUDE git2.h)
  find_library(LIBGIT2_SHARED git2)
  # For a store on a server; without it `store: postgresql://...` cannot be reached, and that is said.
  find_path(LIBPQ_INCLUDE libpq-fe.h PATH_SUFFIXES postgresql)
  find_library(LIBPQ_SHARED pq)
endif()
find_library(STEMMER_STATIC libstemmer.a REQUIRED)
if(APPLE)  # where programs are dynamic, and package managers often have only the dynamic library
  find_library(YAML_CPP_STATIC NAMES libyaml-cpp.a yaml-cpp REQUIRED)
else()
  if(CASCADE_ELF)
    find_library(LIBMD_STATIC libmd.a REQUIRED)
    find_library(LIBMD_SHARED md REQUIRED)
  endif()
  find_library(YAML_CPP_STATIC libyaml-cpp.a REQUIRED)
endif()
# The static program and library are made of the archives, the shared library of the shared ones.
find_library(STEMMER_SHARED stemmer REQUIRED)
find_library(YAML_CPP_SHARED yaml-cpp REQUIRED)
