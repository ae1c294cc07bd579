# Language level, warnings, hardening (OpenSSF compiler guide, the flags GCC 12 takes), sanitizers, ccache.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)

# Not beside precompiled headers: it would read everything twice and remember nothing.
find_program(MUSUBI_CCACHE ccache)
if(MUSUBI_CCACHE AND NOT MUSUBI_PRECOMPILE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MUSUBI_CCACHE})
endif()
find_program(MUSUBI_MOLD mold)

# A build from nothing is faster with the headers that most sources share precompiled. The presets in which people work
# do without: ccache and clang-tidy see every source as it is, and a forgotten include does not compile.
#   musubi_precompile(TARGET [<more> ...])
option(MUSUBI_PRECOMPILE "Precompile the headers that most sources share" OFF)
function(musubi_precompile target)
  if(MUSUBI_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <chrono> <filesystem> <functional> <map> <memory> <memory_resource> <optional> <span> <string>
      <string_view> <unordered_map> <utility> <variant> <vector> <boost/system/result.hpp> ${ARGN})
    # GCC 12 takes std::string's own code for ours then: false alarms, which the other presets do not have.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread>)
  endif()
endfunction()

# In the release preset several sources of a target become one, where the headers cost more than the sources: what they
# keep to themselves must then have different names. ./check builds it.
#   musubi_compile_together(TARGET)
function(musubi_compile_together target)
  if(MUSUBI_PRECOMPILE AND NOT MUSUBI_TESTS)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
  endif()
endfunction()

# Whether a process can be told to end at a kill point (core/base, tests/fault): never in what users run.
option(MUSUBI_FAULTS "Kill points obey MUSUBI_KILL_AT" OFF)

add_library(musubi_compile_options INTERFACE)
target_compile_options(musubi_compile_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
  -Wformat=2 -Wimplicit-fallthrough -Wconversion -Wno-sign-conversion
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>  # false alarms on std::optional at -O3
  -fno-strict-overflow -fno-delete-null-pointer-checks -ftrivial-auto-var-init=zero)

if(MUSUBI_SANITIZE)
  target_compile_options(musubi_compile_options INTERFACE -fsanitize=${MUSUBI_SANITIZE} -fno-omit-frame-pointer -g1)
  target_link_options(musubi_compile_options INTERFACE -fsanitize=${MUSUBI_SANITIZE})
  target_compile_options(musubi_compile_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized>)  # false alarms on fmt
  if(MUSUBI_SANITIZE MATCHES undefined)
    target_compile_options(musubi_compile_options INTERFACE -fno-sanitize-recover=undefined)
  endif()
else()
  target_compile_options(musubi_compile_options INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
  target_compile_definitions(musubi_compile_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(musubi_compile_options INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
endif()
if(MUSUBI_FUZZ)
  target_compile_options(musubi_compile_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(MUSUBI_MOLD)
  target_link_options(musubi_compile_options INTERFACE -fuse-ld=mold)
endif()

# Asio has a fence that GCC's thread sanitizer does not see; nothing relies on it alone.
#   musubi_uses_asio(TARGET)
function(musubi_uses_asio target)
  if(MUSUBI_SANITIZE MATCHES thread)
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  endif()
endfunction()
