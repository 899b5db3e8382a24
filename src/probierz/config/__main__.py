from probierz.config.command import main

main()
