musubi_add_fuzz_target(date USES base)
musubi_add_fuzz_target(codes USES base)
