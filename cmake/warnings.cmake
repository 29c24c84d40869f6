# ELF: the form of programs and libraries that most of the linker's options are for.
set(CASCADE_ELF ON)
if(APPLE OR WIN32)
  set(CASCADE_ELF OFF)
endif()
# One interface target with the flags of every object of ours.
add_library(cascade_flags INTERFACE)
target_compile_options(cascade_flags INTERFACE -Wall -Wextra -Wpedantic -ffunction-sections -fdata-sections)
# Plain char is unsigned on Arm. The same code must mean the same everywhere.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm)")
  target_compile_options(cascade_flags INTERFACE -fsigned-char)
endif()
if(PROJECT_IS_TOP_LEVEL AND (CMAKE_CROSSCOMPILING OR NOT APPLE))  # not by compilers that we do not know
  target_compile_options(cascade_flags INTERFACE -Werror)
endif()
# GCC 12 sees overlapping copies in `"text" + std::string` where there are none (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(cascade_flags INTERFACE -Wno-restrict)
endif()
if(CASCADE_SANITIZE)
  target_compile_options(cascade_flags INTERFACE -fsanitize=${CASCADE_SANITIZE} -fno-sanitize-recover=all
                                                 -fno-omit-frame-pointer)
  target_link_options(cascade_flags INTERFACE -fsanitize=${CASCADE_SANITIZE})
endif()
if(CASCADE_FUZZ)
  target_compile_options(cascade_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(WIN32)
  # Who a name is shown to is not said in an object here; the files of a folder have more sections than one object may have;
  # a stack is as large as elsewhere, and no time of the link stands in the program.
  target_compile_options(cascade_flags INTERFACE -Wno-attributes -Wa,-mbig-obj)
  target_link_options(cascade_flags INTERFACE -Wl,--stack,8388608 -Wl,--no-insert-timestamp)
endif()
if(APPLE)
  target_link_options(cascade_flags INTERFACE -Wl,-dead_strip)
else()
  target_link_options(cascade_flags INTERFACE -Wl,--gc-sections -Wl,--as-needed)
endif()

# One cache for every checkout: paths are hashed as they lie to this tree, so that a fresh clone or a work tree beside it finds
# what another one compiled. Nothing here asks where it was compiled (debug information names the folder of the first).
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
