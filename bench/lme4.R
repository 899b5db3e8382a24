# The reference for the mixed model: lme4 on the same ratings. Rscript lme4.R ratings.csv answer.csv
suppressMessages(library(lme4))
arguments <- commandArgs(TRUE)
ratings <- read.csv(arguments[1])
ratings$institution <- factor(ratings$institution)
ratings$juror <- factor(ratings$juror)
start <- proc.time()[["elapsed"]]
model <- lmer(score ~ 1 + (1 | institution) + (1 | juror), ratings, control = lmerControl(calc.derivs = FALSE))
took <- proc.time()[["elapsed"]] - start
variances <- as.data.frame(VarCorr(model))
value <- function(name) variances$vcov[variances$grp == name]
found <- ranef(model, condVar = FALSE)$institution # their variances would take many times the fit
write.csv(
  data.frame(seconds = took, reml = sprintf("%.12f", REMLcrit(model)), institution = value("institution"),
             juror = value("juror"), residual = value("Residual"),
             effects = paste(sprintf("%.8f", found[["(Intercept)"]]), collapse = " "),
             keys = paste(rownames(found), collapse = " ")),
  arguments[2], row.names = FALSE)
